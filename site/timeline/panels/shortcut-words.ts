/** What the list of keyboard shortcuts says: the keys as written for the reader, and what they do. */
import type { shortcuts } from '../player/shortcuts.ts';

type Words = readonly [written: readonly string[], does: string];

/** Words for each shortcut, in the order of the list. */
export const shortcutWords: Readonly<Record<keyof typeof shortcuts, Words>> = {
  play: [['Space', 'K'], 'Play or pause'],
  next: [['.'], 'Next event'],
  previous: [[','], 'Previous event'],
  faster: [['>'], 'Faster'],
  slower: [['<'], 'Slower'],
  follow: [['F'], 'Follow the run'],
  nextFrame: [['→', '↓'], 'Choose the next frame'],
  frameBefore: [['←', '↑'], 'Choose the frame before'],
  firstFrame: [['Home'], 'Choose the first frame'],
  lastFrame: [['End'], 'Choose the last frame'],
  less: [['+'], 'Show less time'],
  more: [['−'], 'Show more time'],
  whole: [['0'], 'Show the whole run'],
  later: [['Shift →', 'Page Down'], 'Look later'],
  earlier: [['Shift ←', 'Page Up'], 'Look earlier'],
  from: [['['], 'Begin the span at the moment shown'],
  to: [[']'], 'End the span at the moment shown'],
  span: [['S'], 'Select a span, or none'],
  none: [['Esc'], 'Choose no frame and no span'],
  table: [['T'], 'Show as table'],
  text: [['L'], 'Show as text'],
  keys: [['?'], 'These shortcuts'],
};
