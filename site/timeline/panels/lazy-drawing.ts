/** All that is needed to draw in the browser, and to be moved by a hand: fetched once the page is touched, since the server has drawn the first picture. */
export { Announcer } from '../player/announcer.ts';
export { attachGestures } from '../player/gestures.ts';
export { Legend } from './Legend.tsx';
export { CanvasStage as Stage } from '../paint/canvas-stage.ts';
export { flightWords } from '../words/flight-words.ts';
