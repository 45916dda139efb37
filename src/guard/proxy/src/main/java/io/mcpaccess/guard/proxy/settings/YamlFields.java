package io.mcpaccess.guard.proxy.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one mapping of a settings file.
 *
 * @param whole the mapping
 * @param members by name
 */
record YamlFields(YamlValue whole, Map<String, YamlValue> members) {
    Optional<YamlValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    YamlValue required(String name) {
        return get(name).orElseThrow(() -> whole.wrong("lacks '" + name + "'."));
    }

    String text(String name, String usual) {
        return get(name).map(YamlValue::text).orElse(usual);
    }

    int number(String name, int usual, int least, int most) {
        return get(name).map(value -> value.number(least, most)).orElse(usual);
    }

    boolean flag(String name, boolean usual) {
        return get(name).map(YamlValue::flag).orElse(usual);
    }

    List<String> texts(String name) {
        return get(name).map(YamlValue::texts).orElse(List.of());
    }

    @Override
    public String toString() {
        return "YamlFields" + members.keySet();
    }
}
