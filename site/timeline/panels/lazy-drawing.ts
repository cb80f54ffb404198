/** Everything needed to draw and drag in the browser. Fetched once the page is touched: the server drew the first picture. */
export { Announcer } from '../player/announcer.ts';
export { attachGestures } from '../player/gestures.ts';
export { Legend } from './Legend.tsx';
export { CanvasStage as Stage } from '../paint/canvas-stage.ts';
export { flightWords } from '../words/flight-words.ts';
export { leftOutWords } from '../words/left-out.ts';
