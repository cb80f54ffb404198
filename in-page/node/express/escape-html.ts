const entities: Record<string, string> = { '"': '&quot;', '&': '&amp;', "'": '&#39;', '<': '&lt;', '>': '&gt;' };

/** Returns text for a page, such that none of it is markup. */
export const escapeHtml = (text: string): string => text.replace(/["&'<>]/g, (char) => entities[char] ?? char);
