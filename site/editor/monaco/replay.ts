/** Replays the light editor's history in Monaco, so that undo goes back through what was typed before Monaco came. */
import { difference, type EditHistory, type Span } from '../edit-history.ts';
import { editor, Range, Selection, type Uri } from './features.ts';

/** Returns a model with the history's text, and its steps on the undo stack. */
export function modelOf(history: EditHistory, language: string, uri: Uri): editor.ITextModel {
  const [first, ...steps] = history.steps;
  const model = editor.createModel(first?.text ?? '', language, uri);
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  for (const { text, before, after } of steps) {
    const { start, end, inserted } = difference(model.getValue(), text);
    model.pushStackElement();
    model.pushEditOperations(
      [selectionOf(model, before)],
      [{ range: Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)), text: inserted }],
      () => [selectionOf(model, after)],
    );
  }
  model.pushStackElement();
  // Undo up to the current step: the steps after it can still be redone.
  for (let i = history.steps.length - 1; i > history.index; i--) void model.undo();
  return model;
}

/** Returns offsets as Monaco's selection. */
export function selectionOf(model: editor.ITextModel, { start, end }: Span, isBackward = false): Selection {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return isBackward ? Selection.fromPositions(to, from) : Selection.fromPositions(from, to);
}
