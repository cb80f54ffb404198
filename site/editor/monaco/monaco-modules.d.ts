/** Monaco's own modules that have no declarations: they are imported for what they register. */
declare module 'monaco-editor/editor/browser/*';
declare module 'monaco-editor/editor/contrib/*';
