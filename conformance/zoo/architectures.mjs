/** The names of all models of keras.applications (Keras 3), small ones first. */
export const ARCHITECTURES = [
  'MobileNetV3Small', 'MobileNet', 'MobileNetV2', 'MobileNetV3Large', 'NASNetMobile',
  'EfficientNetB0', 'EfficientNetB1', 'EfficientNetV2B0', 'EfficientNetV2B1', 'DenseNet121',
  'EfficientNetB2', 'EfficientNetV2B2', 'EfficientNetB3', 'DenseNet169', 'EfficientNetV2B3',
  'EfficientNetB4', 'DenseNet201', 'EfficientNetV2S', 'Xception', 'InceptionV3',
  'ResNet50', 'ResNet50V2', 'ConvNeXtTiny', 'EfficientNetB5', 'EfficientNetB6',
  'ResNet101', 'ResNet101V2', 'ConvNeXtSmall', 'EfficientNetV2M', 'InceptionResNetV2',
  'ResNet152', 'ResNet152V2', 'EfficientNetB7', 'VGG16', 'VGG19',
  'NASNetLarge', 'ConvNeXtBase', 'EfficientNetV2L', 'ConvNeXtLarge', 'ConvNeXtXLarge'
];
