package io.mcpaccess.openfga.embedded.condition.cel;

/** The value {@code null}. */
enum Nothing {
    NULL
}
