package io.mcpaccess.openfga.embedded.condition;

/** A value of a context that is not of its parameter's type. The message never holds the value. */
public final class ParameterTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    ParameterTypeException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /**
     * The parameter.
     *
     * @return its name; empty when the context as a whole is wrong
     */
    public String parameter() {
        return parameter;
    }
}
