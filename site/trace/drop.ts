/** Files dropped on an element. */

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Calls back with the first of the files dropped on the element, which has the class `tr-over` meanwhile. Returns what ends it. */
export function receiveDrops(element: HTMLElement, receive: (file: File) => void): () => void {
  const listening = new AbortController();
  const mark = (isOver: boolean): void => void element.classList.toggle('tr-over', isOver);
  const hover = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(true);
  };
  const drop = (event: DragEvent): void => {
    mark(false);
    const file = event.dataTransfer?.files[0];
    // One within another has taken it already.
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    receive(file);
  };
  element.addEventListener('dragover', hover, listening);
  element.addEventListener('dragleave', () => mark(false), listening);
  element.addEventListener('drop', drop, listening);
  return () => listening.abort();
}
