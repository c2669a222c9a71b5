// VGG16 with its pools kept, removed or replaced by dilation: the twin of hdclib.networks.vgg.
// tests/widgets/networks/test_backbone_js.py compares every function here with it, for all 243 choices.

const VGG16_BLOCKS = [[2, 64], [2, 128], [3, 256], [3, 512], [3, 512]]; // convolutions, channels

/** The layers of VGG16; each of the five pools is "keep", "remove" or "dilate". */
export function vgg16(pools) {
  const layers = [];
  let dilation = 1;
  let inputs = 3;
  VGG16_BLOCKS.forEach(([convolutions, outputs], block) => {
    for (let position = 1; position <= convolutions; position += 1) {
      layers.push({ name: `conv${block + 1}_${position}`, kernelSize: 3, dilation, stride: 1, padding: dilation, after: 0, inputs, outputs });
      inputs = outputs;
    }
    const dense = pools[block] === "dilate";
    const [stride, after] = dense ? [1, dilation] : [2, dilation - 1];
    if (pools[block] !== "remove") {
      layers.push({ name: `pool${block + 1}`, kernelSize: 2, dilation, stride, padding: 0, after, inputs, outputs });
    }
    if (dense) dilation *= 2;
  });
  return layers;
}

/** Dilation, size, stride, field and cost after every layer, as hdclib.networks.vgg.layer_table. */
export function layerTable(layers, inputSize) {
  let [size, stride, field] = [inputSize, 1, 1];
  return layers.map((layer) => {
    const { name, kernelSize, dilation, padding, after, inputs, outputs } = layer;
    field += (kernelSize - 1) * dilation * stride;
    size = Math.floor((size + after + 2 * padding - dilation * (kernelSize - 1) - 1) / layer.stride) + 1;
    stride *= layer.stride;
    const values = size * size * outputs;
    const multiplyAdds = name.startsWith("pool") ? 0 : values * kernelSize * kernelSize * inputs;
    return { name, dilation, size, stride, field, values, multiplyAdds };
  });
}

/** [numbers computed, multiplications] of all layers together. */
export function networkCost(rows) {
  return [rows.reduce((sum, row) => sum + row.values, 0), rows.reduce((sum, row) => sum + row.multiplyAdds, 0)];
}
