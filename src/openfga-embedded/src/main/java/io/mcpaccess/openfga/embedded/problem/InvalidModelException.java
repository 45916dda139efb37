package io.mcpaccess.openfga.embedded.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A model that is none: it cannot be read, or it breaks a rule of the modelling language. */
public final class InvalidModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * A model with faults.
     *
     * @param faults at least one
     */
    public InvalidModelException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /**
     * A model with a fault whose place is not known.
     *
     * @param message what is wrong
     */
    public InvalidModelException(String message) {
        this(List.of(new Fault(0, 0, message)));
    }

    /**
     * What is wrong.
     *
     * @return at least one fault
     */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * A fault of a model.
     *
     * @param line counted from 1; 0 when the place is not known
     * @param column counted from 1; 0 when the column is not known
     * @param message what is wrong
     */
    public record Fault(int line, int column, String message) {
        /** As one line for a person. */
        @Override
        public String toString() {
            if (line == 0) {
                return message;
            }
            return "line " + line + (column == 0 ? "" : ", column " + column) + ": " + message;
        }
    }
}
