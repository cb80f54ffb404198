/** Links to a section of an RFC, at its exact place. */
export function SectionLink({ section, rfc = 6455 }: { section: string; rfc?: number | undefined }) {
  return (
    <a
      class="fi-section"
      href={`https://www.rfc-editor.org/rfc/rfc${rfc}.html#section-${section}`}
      aria-label={`RFC ${rfc} §${section}`}
    >
      {rfc === 6455 ? '' : `RFC ${rfc} `}§{section}
    </a>
  );
}
