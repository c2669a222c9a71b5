"""hdclib/widgets/kit/slider_stack.js: sliders and the list that they make move each other; without a browser."""

STACK = """
  class Fake {
    constructor(state) { Object.assign(this, { state, acts: {} }); }
    get(name) { return this.state[name]; }
    set(name, value) {
      const changed = JSON.stringify(this.state[name]) !== JSON.stringify(value);
      this.state[name] = value;
      if (changed) (this.acts[`change:${name}`] ?? []).forEach((act) => act());
    }
    on(name, act) { (this.acts[name] ??= []).push(act); }
    off(name, act) { this.acts[name] = this.acts[name].filter((other) => other !== act); }
    save_changes() {}
  }
  const sliders = given.starts.map((value) => new Fake({ value, layout: new Fake({ display: null }) }));
  const target = new Fake({ dilations: given.list });
  const depth = new Fake({ value: given.list.length });
  const models = { target, depth, ...sliders };
  const model = new Fake({
    trait: "dilations", target: "IPY_MODEL_target", depth: "IPY_MODEL_depth",
    sliders: sliders.map((_, i) => `IPY_MODEL_${i}`),
  });
  model.widget_manager = { get_model: async (name) => models[name] };
  const { default: stack } = await load();
  await stack.initialize({ model });
  const seen = () => ({
    list: target.get("dilations"), depth: depth.get("value"), values: sliders.map((one) => one.get("value")),
    shown: sliders.map((one) => one.get("layout").get("display")),
  });
  return given.moves.map(([name, trait, value]) => {
    models[name].set(trait, value);
    return seen();
  });
"""


def moved(node_page, *moves):
    """What stands in list and sliders after each move, from a list of 2 with sliders for 4."""
    given = {"starts": [1, 2, 3, 9], "list": [1, 2], "moves": moves}
    return node_page.run("hdclib/widgets/kit/slider_stack.js", STACK, **given)


def test_the_list_is_what_the_sliders_in_use_say(node_page):
    one, two = moved(node_page, ["1", "value", 7], ["depth", "value", 3])
    assert one["list"] == [1, 7] and two["list"] == [1, 7, 3]


def test_sliders_beyond_the_list_keep_their_value_and_are_hidden(node_page):
    shorter, longer = moved(node_page, ["target", "dilations", [5]], ["target", "dilations", [5, 6, 7]])
    assert (shorter["depth"], shorter["values"]) == (1, [5, 2, 3, 9])
    assert shorter["shown"] == ["flex", "none", "none", "none"]
    assert (longer["depth"], longer["values"]) == (3, [5, 6, 7, 9])
    assert longer["shown"] == ["flex", "flex", "flex", "none"]
