/** All that is needed to draw in the browser, and to be moved by a hand: fetched once the page is touched, since the server has drawn the first picture. */
export { Announcer } from './announcer.ts';
export { attachGestures } from './gestures.ts';
export { Legend } from './Legend.tsx';
export { Stage } from './stage.ts';
export { flightWords } from './words.ts';
