/** Layers that are made of operators by the reader: values into classes and marks, contrast, spectra of sounds. */
import { any, flag, type LayerClass, type LayerClasses, list, number, only, words } from './layer-class';
import { same } from './shapes';

const encoding = (own: LayerClass['arguments']): LayerClass => ({
  family: 'other',
  arguments: { sparse: only(false, null), ...own },
  // That of its operators is what counts.
  outputShape: same
});

export const ENCODING: LayerClasses = {
  AutoContrast: encoding({ value_range: list, data_format: any }),
  IntegerLookup: encoding({
    vocabulary: any,
    max_tokens: number(),
    num_oov_indices: number(1),
    oov_token: number(-1),
    mask_token: number(null),
    invert: flag(false),
    output_mode: words('int', 'one_hot', 'multi_hot', 'count', 'tf_idf'),
    pad_to_max_tokens: flag(false),
    vocabulary_dtype: any,
    vocabulary_size: number(),
    idf_weights: any,
    oov_method: words('floormod', 'farmhash'),
    salt: any,
    has_static_table: any,
    has_input_vocabulary: any
  }),
  ContrastLimitedAdaptiveHistogramEqualization: encoding({
    value_range: list,
    clip_limit: number(4),
    tile_grid_size: list,
    data_format: any
  }),
  Hashing: encoding({
    num_bins: number(),
    mask_value: number(null),
    salt: any,
    output_mode: words('int', 'one_hot', 'multi_hot', 'count')
  }),
  HashedCrossing: encoding({ num_bins: number(), output_mode: words('int', 'one_hot') }),
  MelSpectrogram: encoding({
    fft_length: number(2048),
    sequence_stride: number(512),
    sequence_length: number(),
    window: any,
    sampling_rate: number(16000),
    num_mel_bins: number(128),
    min_freq: number(20),
    max_freq: number(),
    power_to_db: flag(true),
    top_db: number(80),
    mag_exp: number(2),
    min_power: number(1e-10),
    ref_power: number(1),
    data_format: any
  }),
  CategoryEncoding: encoding({
    num_tokens: number(),
    output_mode: words('multi_hot', 'one_hot', 'count', 'binary')
  }),
  Discretization: encoding({
    bin_boundaries: list,
    num_bins: number(),
    epsilon: number(0.01),
    output_mode: words('int', 'one_hot', 'multi_hot', 'count')
  })
};

/** True of a class that the reader makes of operators. */
export const isComposed = (op: string): boolean => Object.hasOwn(ENCODING, op);
