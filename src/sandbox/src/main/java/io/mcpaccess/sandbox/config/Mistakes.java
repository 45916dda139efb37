package io.mcpaccess.sandbox.config;

import io.mcpaccess.sandbox.shared.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with a file, so that a person can mend all of it at once. For one thread. */
final class Mistakes {
    private final Path file;
    private final List<String> found = new ArrayList<>();

    Mistakes(Path file) {
        this.file = file;
    }

    /**
     * Adds a mistake.
     *
     * @param where the place, null for the file as a whole
     * @param wrong what is wrong; never the value of a secret
     * @param right what would be right
     */
    void add(Node where, String wrong, String right) {
        add(where == null ? null : where.getStartMark(), wrong, right);
    }

    void add(Mark where, String wrong, String right) {
        String line = where == null ? "" : ":" + (where.getLine() + 1);
        found.add(file.getFileName() + line + ": " + wrong + "; " + right);
    }

    boolean none() {
        return found.isEmpty();
    }

    ConfigurationException asException() {
        return new ConfigurationException(found);
    }
}
