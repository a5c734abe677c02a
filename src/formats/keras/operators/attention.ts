/** Attention as a function: keras.ops.dot_product_attention of (batch, steps, heads, features). */
import { message } from '../../../messages/message';
import { activate, add, apply, band, einsum, multiply, reduce, where } from '../nodes/terms';
import { inputOf, isAbsent, isTensor, type Operators } from './operator';

/**
 * Below all scores, and far enough above float32's least for GPUs to find the largest of a row that is masked whole.
 */
const MASKED = -1e19;

export const ATTENTION: Operators = {
  dot_product_attention: {
    operands: ['query', 'key', 'value', 'bias', 'mask', 'scale'],
    reads: ['is_causal'],
    make: ([query, key, value, ...given], { is_causal: isCausal }, constant) => {
      const [bias, mask, scale] = given.map(operand => inputOf(operand, constant));
      const isRead = [bias, mask, scale].every((term, i) => term !== null || isAbsent(given[i]));
      if (!isTensor(query) || !isTensor(key) || !isTensor(value) || !isRead) {
        return message('attends to what is no tensor, or with a bias, mask or scale that is none');
      }
      const features = reduce('sum', apply('ones_like', query), [-1], true);
      const products = scale
        ? multiply(einsum('btnh,bsnh->bnts', query, key), scale)
        : einsum('btnh,bsnh->bnts', multiply(query, apply('rsqrt', features)), key);
      const biased = bias ? add(products, bias) : products;
      const shown = mask ? where(mask, biased, MASKED) : biased;
      const scores = isCausal === true ? where(band(apply('ones_like', products), -1, 0), shown, MASKED) : shown;
      return einsum('bnts,bsnh->btnh', activate('softmax', scores), value);
    }
  }
};
