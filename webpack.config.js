// Merged by @jupyterlab/builder into its own configuration; keep it small.
module.exports = {
  module: {
    rules: [{ test: /\.wasm$/, type: 'asset/resource' }]
  }
};
