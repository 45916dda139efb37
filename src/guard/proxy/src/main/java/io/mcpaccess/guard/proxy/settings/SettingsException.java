package io.mcpaccess.guard.proxy.settings;

/** Settings that cannot be used. The message is for the operator: where it is, what is wrong, what to write; no secret. */
public final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message where and what
     */
    public SettingsException(String message) {
        super(message);
    }
}
