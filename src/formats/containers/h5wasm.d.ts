/** The factory of h5wasm's library; the package exports no path to it. */
declare module '*/h5wasm/dist/esm/hdf5_util.js' {
  export default function startLibrary(options: { noInitialRun: boolean }): Promise<object>;
}
