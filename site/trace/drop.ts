/** Handles files dropped on an element. */

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/**
 * Calls back with the files, one or more, dropped on the element, which has the class `tr-over` during the drag. Returns a
 * function that stops this.
 */
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
    // An element inside this one has already taken them.
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    receive(files);
  };
  element.addEventListener('dragover', hover, listening);
  element.addEventListener('dragleave', () => mark(false), listening);
  element.addEventListener('drop', drop, listening);
  return () => listening.abort();
}
