import { expect, it } from 'vitest';
import { add, apply, multiply } from '../nodes/terms';
import { FlatNodes } from './flat-nodes';

it('makes one node of a term that an operator uses several times', () => {
  const nodes = new FlatNodes(false);
  const power = apply('exp', { node: 'x', output: 0 });
  const square = multiply(power, power);
  const last = nodes.operation(add(square, add(square, power)), 'owner', 'Operator');
  const inputsOf = (id: string) => nodes.get(id)?.inputs.map(input => 'node' in input && input.node);
  expect([...nodes.keys()]).toEqual(['owner/function', 'owner/multiply', 'owner/add']);
  expect(inputsOf('owner/multiply')).toEqual(['owner/function', 'owner/function']);
  expect(inputsOf('owner/add')).toEqual(['owner/multiply', 'owner/function']);
  expect(last.inputs).toEqual(['owner/multiply', 'owner/add'].map(node => ({ node, output: 0 })));
});

it('makes a node of its own of each term that is made anew', () => {
  const nodes = new FlatNodes(false);
  const power = () => apply('exp', { node: 'x', output: 0 });
  nodes.operation(add(power(), power()), 'owner', 'Operator');
  expect([...nodes.keys()]).toEqual(['owner/function', 'owner/function_1']);
});
