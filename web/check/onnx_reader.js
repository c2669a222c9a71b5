// Reads an ONNX file into plain data: names, sizes and attributes. Weights are passed over, and nothing is run.
import { PbfReader } from "pbf";

const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]; // protobuf's kinds of fields
const EXTERNAL = 1; // the values stand in another file
const KINDS = { 1: "f", 2: "i", 3: "s", 4: "t", 6: "floats", 7: "ints", 8: "strings" }; // of attributes
const FIRST_BYTE = 0x08; // of every writer's files: the field of the version comes first
const LISTS = ["floats", "ints", "strings"];
const DTYPES = {
  1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64", 9: "bool", 10: "float16",
  11: "float64", 12: "uint32", 13: "uint64",
};
const words = new TextDecoder();

/** A file that cannot be read; its message is a sentence for the reader. */
export class BadFile extends Error {}

const cutOff = () => new BadFile("The file ends in the middle: copy or export it again.");
const noOnnx = () => new BadFile("This is no ONNX file, or one that is damaged.");

// What a field of a message becomes: how its number or its bytes are put into the result.
const put = (name) => (value, into) => { into[name] = value; };
const push = (name) => (value, into) => { (into[name] ??= []).push(value); };
const text = (keep) => ({ bytes: (pbf, stop, into) => keep(words.decode(pbf.buf.subarray(pbf.pos, stop)), into) });
const number = (keep) => ({ number: keep });
const message = (keep, fields) => ({ bytes: (pbf, stop, into) => keep(read(pbf, stop, fields()), into) });
const raw = (keep) => ({ bytes: (pbf, stop, into) => keep(pbf.buf.subarray(pbf.pos, stop), into) });
const numbers = (name, next) => ({
  number: push(name),
  bytes: (pbf, stop, into) => { while (pbf.pos < stop) push(name)(next(pbf), into); },
});
const whole = (pbf) => pbf.readVarint(true);

// The fields of ONNX's messages that are read, by their numbers in onnx.proto.
const DIMENSION = { 1: number(put("value")) };
const SHAPE = { 1: message(push("dims"), () => DIMENSION) };
const TENSOR_TYPE = { 2: message(put("shape"), () => SHAPE) };
const TYPE = { 1: message(put("tensor"), () => TENSOR_TYPE) };
const VALUE = { 1: text(put("name")), 2: message(put("type"), () => TYPE) };
const TENSOR = {
  1: numbers("dims", whole), 2: number(put("type")), 4: numbers("float32", (pbf) => pbf.readFloat()),
  5: numbers("int32", whole), 7: numbers("int64", whole), 8: text(put("name")), 9: raw(put("raw")),
  10: numbers("float64", (pbf) => pbf.readDouble()), 11: numbers("uint64", (pbf) => pbf.readVarint()),
  14: number(put("location")),
};
const ATTRIBUTE = {
  1: text(put("name")), 2: number(put("f")), 3: number(put("i")), 4: text(put("s")), 5: message(put("t"), () => TENSOR),
  6: message(push("graphs"), () => GRAPH), 7: numbers("floats", (pbf) => pbf.readFloat()), 8: numbers("ints", whole), 9: text(push("strings")),
  11: message(push("graphs"), () => GRAPH), 20: number(put("type")), 21: text(put("reference")),
};
const NODE = {
  1: text(push("inputs")), 2: text(push("outputs")), 3: text(put("name")), 4: text(put("op")),
  5: message(push("attributes"), () => ATTRIBUTE), 7: text(put("domain")), 8: text(put("overload")),
};
const GRAPH = {
  1: message(push("nodes"), () => NODE), 5: message(push("initializers"), () => TENSOR),
  11: message(push("inputs"), () => VALUE), 12: message(push("outputs"), () => VALUE),
  13: message(push("between"), () => VALUE),
};
const OPSET = { 1: text(put("domain")), 2: number(put("version")) };
const FUNCTION = {
  1: text(put("name")), 4: text(push("inputs")), 5: text(push("outputs")), 7: message(push("nodes"), () => NODE),
  10: text(put("domain")), 11: message(push("attributes"), () => ATTRIBUTE), 13: text(put("overload")),
};
const MODEL = {
  7: message(put("graph"), () => GRAPH), 8: message(push("opsets"), () => OPSET),
  25: message(push("functions"), () => FUNCTION),
};

/** Read one message up to `end`; what no rule names is passed over. */
function read(pbf, end, fields) {
  const into = {};
  for (let field = pbf.nextField(end); field; field = pbf.nextField(end)) {
    const rule = fields[field];
    if (pbf.type === BYTES) {
      const stop = pbf.readVarint() + pbf.pos;
      if (!(stop <= end)) throw cutOff();
      rule?.bytes?.(pbf, stop, into);
      pbf.pos = stop;
    } else {
      const value = readNumber(pbf);
      rule?.number?.(value, into);
    }
    if (pbf.pos > end) throw cutOff();
  }
  return into;
}

function readNumber(pbf) {
  if (pbf.type === VARINT) return pbf.readVarint(true);
  if (pbf.type === FIXED32) return pbf.readFloat();
  if (pbf.type === FIXED64) return pbf.readDouble();
  throw noOnnx();
}

/** A tensor's shape, and its values where there are few: as bytes if the file has them so, else as numbers. */
function constant(tensor, mostValues) {
  const shape = tensor.dims ?? [];
  const count = shape.reduce((product, size) => product * size, 1);
  const dtype = DTYPES[tensor.type];
  if (!dtype || count > mostValues || tensor.location === EXTERNAL) return { shape };
  if (tensor.raw) return { shape, dtype, bytes: btoa(String.fromCharCode(...tensor.raw)) };
  const values = tensor[dtype] ?? (dtype === "float16" ? null : tensor.int32);
  return values || count === 0 ? { shape, dtype, values: values ?? [] } : { shape };
}

function attribute(found, mostValues) {
  if (found.graphs) return null; // a branch or a loop: it is named, and only what it takes from outside is read
  const kind = KINDS[found.type] ?? Object.values(KINDS).find((name) => name in found);
  if (kind === "t") return found.t ? constant(found.t, mostValues) : null;
  return found[kind] ?? (LISTS.includes(kind) ? [] : { f: 0, i: 0, s: "" }[kind] ?? null);
}

/** The names that graphs inside of a node read and do not make. */
function fromOutside(found) {
  const outside = new Set();
  const graphs = (found.attributes ?? []).flatMap((one) => one.graphs ?? []);
  graphs.forEach(({ nodes = [], inputs = [], initializers = [], outputs = [] }) => {
    const made = new Set([...inputs, ...initializers].map(({ name }) => name));
    nodes.forEach((one) => (one.outputs ?? []).forEach((name) => made.add(name)));
    const reads = nodes.flatMap((one) => [...(one.inputs ?? []), ...fromOutside(one)]);
    [...reads, ...outputs.map(({ name }) => name)].filter((name) => name && !made.has(name)).forEach((name) => outside.add(name));
  });
  return [...outside].sort();
}

function attributesOf(found, mostValues) {
  const own = (found.attributes ?? []).filter(({ reference }) => !reference);
  return Object.fromEntries(own.map((one) => [one.name ?? "", attribute(one, mostValues)]));
}

function node(found, mostValues) {
  const references = (found.attributes ?? []).filter(({ reference }) => reference);
  return {
    op: found.op ?? "", name: found.name ?? "", inputs: found.inputs ?? [], outputs: found.outputs ?? [],
    attributes: attributesOf(found, mostValues), domain: found.domain ?? "", overload: found.overload ?? "",
    inside: fromOutside(found), references: Object.fromEntries(references.map((one) => [one.name ?? "", one.reference])),
  };
}

/** An operation of the file's own, made of others. */
function ownFunction(found, mostValues) {
  return {
    name: found.name ?? "", domain: found.domain ?? "", overload: found.overload ?? "", inputs: found.inputs ?? [],
    outputs: found.outputs ?? [], attributes: attributesOf(found, mostValues),
    nodes: (found.nodes ?? []).map((one) => node(one, mostValues)),
  };
}

/** An input's sizes, null where the file leaves one open. */
function sizes(value) {
  return (value.type?.tensor?.shape?.dims ?? []).map(({ value: size }) => (size > 0 ? size : null));
}

/** Sizes of which the first, the batch, is 1 where the file leaves it open. */
const batched = ([batch, ...rest]) => [batch ?? 1, ...rest];

/**
 * Read the bytes of an ONNX file.
 *
 * mostValues  of a constant that is kept with its values; of a larger one the shape is enough
 *
 * Returns { inputs, outputs, constants, nodes, opset, shapes, functions } as hdclib's graph_of_plain takes it, but for
 * constants, which are { shape } or have their `dtype` and `values` or `bytes` (in base64) as well.
 */
export function readOnnx(bytes, mostValues) {
  if (bytes.length === 0) throw new BadFile("The file is empty.");
  const model = modelOf(bytes);
  const graph = model.graph;
  if (!graph?.nodes) throw noOnnx();
  const constants = Object.fromEntries((graph.initializers ?? []).map((one) => [one.name ?? "", constant(one, mostValues)]));
  const told = [...(graph.between ?? []), ...(graph.outputs ?? [])].filter((one) => one.name && sizes(one).length > 0);
  const versions = (model.opsets ?? []).filter(({ domain }) => ["", "ai.onnx", undefined].includes(domain));
  return {
    inputs: (graph.inputs ?? []).filter(({ name }) => !(name in constants)).map((one) => [one.name ?? "", sizes(one)]),
    outputs: (graph.outputs ?? []).map(({ name }) => name ?? ""),
    constants,
    nodes: graph.nodes.map((one) => node(one, mostValues)),
    opset: Math.max(0, ...versions.map(({ version }) => version ?? 0)),
    shapes: Object.fromEntries(told.map((one) => [one.name, batched(sizes(one))])),
    functions: (model.functions ?? []).map((one) => ownFunction(one, mostValues)),
  };
}

function modelOf(bytes) {
  const pbf = new PbfReader(bytes);
  try {
    return read(pbf, bytes.length, MODEL);
  } catch (error) {
    throw error instanceof BadFile && bytes[0] === FIRST_BYTE ? error : noOnnx();
  }
}
