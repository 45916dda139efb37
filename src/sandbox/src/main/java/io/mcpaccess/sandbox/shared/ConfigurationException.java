package io.mcpaccess.sandbox.shared;

import java.util.List;

/** A configuration that cannot be used. The message has one line a mistake: file, line, what is wrong, what would be right. */
public final class ConfigurationException extends Exception {
    private final List<String> mistakes;

    /**
     * Collects the mistakes.
     *
     * @param mistakes one sentence each, in the order of the file; never holds a secret
     */
    public ConfigurationException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /**
     * The mistakes.
     *
     * @return one sentence each, in the order of the file
     */
    public List<String> mistakes() {
        return mistakes;
    }
}
