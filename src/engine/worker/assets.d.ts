/** Binary assets are imported as the URL from which they are served. */
declare module '*.wasm' {
  const url: string;
  export default url;
}
