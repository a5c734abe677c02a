/** What a “?” in a view says: the formula, what it costs, when it misleads. docs/how-it-works.md says the same, word for word. */
import { type Message, message } from '../../messages/message';
import type { MethodName } from '../../state/view-state';

export interface Topic {
  /** As docs/how-it-works.md writes it. */
  formula: string;
  costs: Message;
  misleads: Message;
  /** Who proposed it, and where. */
  paper?: { name: string; url: string };
}

const oneGradient = message('One run of the model forwards, and one back to the layer.');
const toTheInput = message('One run of the model forwards, and one back to the input.');
const arxiv = (name: string, id: string): Topic['paper'] => ({ name, url: `https://arxiv.org/abs/${id}` });

export const METHOD_TOPICS: Readonly<Record<MethodName, Topic>> = {
  'grad-cam': {
    formula: 'ReLU(Σₖ mean(gₖ) Aₖ)',
    costs: oneGradient,
    misleads: message(
      'It averages each gradient over the picture: at early layers, and before a head that reads positions (Flatten), it blurs what speaks for the class in one place and against it in another.'
    ),
    paper: arxiv('Selvaraju et al. 2017', '1610.02391')
  },
  'grad-cam++': {
    formula: 'ReLU(Σₖ wₖ Aₖ), wₖ = sum(ReLU(gₖ) αₖ), α = g² / (2g² + g³ sum(A) + 1e-6)',
    costs: oneGradient,
    misleads: message(
      'It leaves out gradients against the class, so it can be bright where the class loses. Its second and third derivatives are powers of the first, exact only for an exponential of the score.'
    ),
    paper: arxiv('Chattopadhay et al. 2018', '1710.11063')
  },
  'hires-cam': {
    formula: 'ReLU(Σₖ gₖ Aₖ)',
    costs: oneGradient,
    misleads: message('At late layers it is as coarse as Grad-CAM; at early ones it is as noisy as the gradient.'),
    paper: arxiv('Draelos and Carin 2020', '2011.08891')
  },
  'layer-cam': {
    formula: 'ReLU(Σₖ ReLU(gₖ) Aₖ)',
    costs: oneGradient,
    misleads: message('It leaves out what speaks against the class: its sum is not the score.'),
    paper: { name: 'Jiang et al. 2021', url: 'https://doi.org/10.1109/TIP.2021.3089943' }
  },
  'xgrad-cam': {
    formula: 'ReLU(Σₖ wₖ Aₖ), wₖ = sum(gₖ Aₖ) / (sum(Aₖ) + 1e-7)',
    costs: oneGradient,
    misleads: message('Where a channel’s activations nearly cancel, as without a ReLU, its weight is far too large.'),
    paper: arxiv('Fu et al. 2020', '2008.02312')
  },
  'eigen-cam': {
    formula: 'A v₁, the first right singular vector of A (places by channels)',
    costs: message('One run of the model forwards; no gradient.'),
    misleads: message('It knows no class: it shows what the layer is busiest with, also where the class is absent.'),
    paper: arxiv('Muhammad and Yeasin 2020', '2008.00299')
  },
  'score-cam': {
    formula: 'ReLU(Σₖ softmax(s)ₖ Aₖ), sₖ: the score of the picture masked by Aₖ',
    costs: message('One run of the model forwards for each channel, 128 at the most.'),
    misleads: message(
      'A masked picture is unlike those that the network was trained on. With more than 128 channels, those that vary least are left out.'
    ),
    paper: arxiv('Wang et al. 2020', '1910.01279')
  },
  saliency: {
    formula: 'max over the input’s channels of |ds/dx|',
    costs: toTheInput,
    misleads: message(
      'It shows where the score is sensitive, not what made it: it is noisy, follows edges, and has no sign.'
    ),
    paper: arxiv('Simonyan et al. 2014', '1312.6034')
  },
  'input-x-gradient': {
    formula: 'Σ over the input’s channels of x · ds/dx',
    costs: toTheInput,
    misleads: message(
      'Where the input is zero the map is, whatever the network makes of it; bright pixels count more.'
    ),
    paper: arxiv('Shrikumar et al. 2016', '1605.01713')
  },
  'guided-backprop': {
    formula: 'max over the input’s channels of |ds/dx|, only what is positive passing back through each ReLU',
    costs: toTheInput,
    misleads: message(
      'It shows what the network can see rather than what it decides by: the maps of two classes can look alike.'
    ),
    paper: arxiv('Springenberg et al. 2015', '1412.6806')
  },
  'guided-grad-cam': {
    formula:
      'max over the input’s channels of |ds/dx| as in guided backpropagation, times the Grad-CAM map enlarged to x',
    costs: message('One run of the model forwards, one back to the layer, and one back to the input.'),
    misleads: message(
      'Its fine edges are guided backpropagation’s, which hardly change with the class, nor when weights are made random; only where they lie comes from Grad-CAM.'
    ),
    paper: arxiv('Selvaraju et al. 2017', '1610.02391')
  },
  'integrated-gradients': {
    formula: '(x − x₀) · mean of ds/dx between x₀ and x',
    costs: message('50 runs of the model forwards and back.'),
    misleads: message(
      'It compares with a baseline, zeros on the scale of the input: what equals the baseline gets nothing. Look at the completeness error before you trust the sum.'
    ),
    paper: arxiv('Sundararajan et al. 2017', '1703.01365')
  },
  'smooth-grad': {
    formula: 'max over the input’s channels of the mean of |ds/dx| over copies of x with noise',
    costs: message('25 runs of the model forwards and back.'),
    misleads: message(
      'What it shows depends on how strong the noise is, here 0.2 of the input’s range; it has no sign.'
    ),
    paper: arxiv('Smilkov et al. 2017', '1706.03825')
  },
  occlusion: {
    formula: 'mean of s(x) − s(x without the patch) over the patches that cover a pixel',
    costs: message('One run of the model forwards for each place of the patch: more than 200.'),
    misleads: message(
      'A patch of zeros is something, too: the score may fall for its edges. What is larger than the patch, or there twice, loses little.'
    ),
    paper: arxiv('Zeiler and Fergus 2014', '1311.2901')
  }
};

export type TopicName = 'score' | 'layer' | 'range';

export const TOPICS: Readonly<Record<TopicName, Topic>> = {
  score: {
    formula: 'logit: z; probability: exp(z) / Σ exp(zⱼ), or 1 / (1 + exp(−z))',
    costs: message('The same for both.'),
    misleads: message(
      'A probability rises also because another class falls, and hardly moves where the network is almost certain: its maps are faint, and show what holds the other classes down.'
    )
  },
  layer: {
    formula: 'a cell sees 1 + Σᵢ (kᵢ − 1) s₁ … sᵢ₋₁ pixels (kernels k, strides s)',
    costs: message('An earlier layer has more cells: its maps take longer.'),
    misleads: message(
      'A cell stands for more of the picture than it covers. Early layers are fine, but their features mean little by themselves; another layer may tell another story.'
    ),
    paper: { name: 'Araujo et al. 2019', url: 'https://doi.org/10.23915/distill.00021' }
  },
  range: {
    formula: 'colour = (value − low) / (high − low)',
    costs: message('Nothing is computed anew.'),
    misleads: message(
      'From the smallest to the largest value, each map is scaled for itself: one that is weak throughout looks as bright as a strong one. Read the colour bar, or fix the range to compare.'
    )
  }
};
