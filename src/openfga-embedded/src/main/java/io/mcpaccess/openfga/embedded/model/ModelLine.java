package io.mcpaccess.openfga.embedded.model;

import java.util.Objects;

/**
 * A line of a model.
 *
 * @param number counted from 1
 * @param text without indentation
 */
public record ModelLine(int number, String text) {

    public ModelLine {
        Objects.requireNonNull(text, "text");
    }
}
