package io.mcpaccess.guard.proxy.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where values come from that do not stand in the file itself: the environment, and other files beside it. Prints neither.
 *
 * @param folder what paths in the file are relative to
 * @param environment of the process
 */
record Sources(Path folder, Map<String, String> environment) {
    private static final int MOST_BYTES = 1 << 16;
    private static final String ENV = "env";
    private static final String FILE = "file";

    /** A file that is there and can be read. */
    Path path(YamlValue value) {
        Path path = folder.resolve(value.text()).normalize();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw value.wrong("names the file " + path + ", which is not there or cannot be read.");
        }
        return path;
    }

    Path directory(YamlValue value) {
        Path path = folder.resolve(value.text()).normalize();
        if (!Files.isDirectory(path)) {
            throw value.wrong("names the directory " + path + ", which is not there.");
        }
        return path;
    }

    /** What others must not see: never the text itself, as files are copied, mailed and put under version control. */
    String secret(YamlValue value) {
        if (!value.isMapping()) {
            throw value.wrong("is a secret and does not stand in this file. Write {env: NAME} for a variable of the"
                    + " environment, or {file: PATH} for a file that holds it alone.");
        }
        return elsewhere(value);
    }

    /** A text, or where it is. */
    String value(YamlValue value) {
        return value.isMapping() ? elsewhere(value) : value.text();
    }

    private String elsewhere(YamlValue value) {
        YamlFields fields = value.fields(Set.of(ENV, FILE));
        Optional<YamlValue> variable = fields.get(ENV);
        Optional<YamlValue> file = fields.get(FILE);
        if (variable.isPresent() == file.isPresent()) {
            throw value.wrong("takes either {env: NAME} or {file: PATH}.");
        }
        return variable.map(this::variable).orElseGet(() -> content(file.get()));
    }

    private String variable(YamlValue name) {
        String value = environment.getOrDefault(name.text(), "");
        if (value.isBlank()) {
            throw name.wrong("names the variable " + name.text() + ", which is not set or empty.");
        }
        return value;
    }

    private String content(YamlValue name) {
        Path path = path(name);
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw name.wrong("names the file " + path + ", which is too long for a secret.");
            }
            String content = Files.readString(path).strip();
            if (content.isEmpty()) {
                throw name.wrong("names the file " + path + ", which is empty.");
            }
            return content;
        } catch (IOException unreadable) {
            throw name.wrong("names the file " + path + ", which cannot be read.");
        }
    }

    @Override
    public String toString() {
        return "Sources[" + folder + "]";
    }
}
