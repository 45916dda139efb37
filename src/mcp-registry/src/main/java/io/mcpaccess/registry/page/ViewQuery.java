package io.mcpaccess.registry.page;

import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What is asked of a view, from the request's query. PageTexts longer than a person would type are refused. */
public final class ViewQuery {

    private static final int LONGEST = 512;

    private final UnaryOperator<String> parameter;

    /**
     * A query.
     *
     * @param parameter gives the value of a parameter, null where it is not there
     */
    public ViewQuery(UnaryOperator<String> parameter) {
        this.parameter = parameter;
    }

    /**
     * A text.
     *
     * @param name the parameter
     * @return its value without blanks around it; empty where it is not there
     * @throws InvalidDeclarationException if it is too long
     */
    public String text(String name) {
        String value = parameter.apply(name);
        if (value == null) {
            return "";
        }
        if (value.length() > LONGEST) {
            throw new InvalidDeclarationException(name + " must not have more than " + LONGEST + " characters.");
        }
        return value.strip();
    }

    String folded(String name) {
        return text(name).toLowerCase(Locale.ROOT);
    }

    int page(String name) {
        String value = text(name);
        return value.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(value)) : 1;
    }
}
