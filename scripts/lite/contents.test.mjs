import assert from 'node:assert/strict';
import test from 'node:test';
import { forBrowser, whatDiffers } from './contents.mjs';

test('imports that the kernel in the browser lacks are tried', () => {
  const cell = {
    cell_type: 'code',
    outputs: ['old'],
    source: ['import numpy as np\n', 'from PIL import Image\n', '\n', 'import gradlens\n', 'view = 1']
  };
  const [made] = forBrowser({ cells: [cell], metadata: {} }).cells;
  const code = made.source.join('');
  assert.match(
    code,
    /^try:\n {4}import numpy as np\n {4}from PIL import Image\nexcept ImportError:\n {4}print\("Without/
  );
  assert.ok(code.endsWith('\n\nimport gradlens\nview = 1'));
  assert.deepEqual(made.outputs, []);
});

test('a cell that imports something else stays as it is', () => {
  const cell = { cell_type: 'code', outputs: [], source: ['import numpy.linalg\n', 'x = 1'] };
  assert.deepEqual(forBrowser({ cells: [cell], metadata: {} }).cells[0].source, cell.source);
});

test('what differs is what the manual says', () => {
  const text = whatDiffers().cells[0].source.join('');
  assert.match(text, /^# What differs here\n/);
  assert.match(text, /\*\*No Keras\.\*\*/);
});
