/** Where the extension's built files lie, with a slash at the end; webpack puts it in. */
declare const __webpack_public_path__: string;
