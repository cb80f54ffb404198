/** Files dropped on an element. */

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Calls back with the files dropped on the element, one or more; it has the class `tr-over` meanwhile. Returns what ends it. */
export function receiveDrops(element: HTMLElement, receive: (files: File[]) => void): () => void {
  const listening = new AbortController();
  const mark = (isOver: boolean): void => void element.classList.toggle('tr-over', isOver);
  const hover = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(true);
  };
  const drop = (event: DragEvent): void => {
    mark(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    // One within another has taken them already.
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    receive(files);
  };
  element.addEventListener('dragover', hover, listening);
  element.addEventListener('dragleave', () => mark(false), listening);
  element.addEventListener('drop', drop, listening);
  return () => listening.abort();
}
