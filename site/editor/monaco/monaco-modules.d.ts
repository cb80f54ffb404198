/** Monaco's own modules without declarations: they are imported for what they register. */
declare module 'monaco-editor/editor/browser/*';
declare module 'monaco-editor/editor/contrib/*';
