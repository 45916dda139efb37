package io.mcpaccess.core.authzen;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How far a batch is evaluated (AuthZEN 1.0, section 7.1.2.1). */
public enum BatchSemantic {
    /** Every item is answered. */
    EXECUTE_ALL("execute_all"),
    /** The answer ends with the first item that is denied. */
    DENY_ON_FIRST_DENY("deny_on_first_deny"),
    /** The answer ends with the first item that is permitted. */
    PERMIT_ON_FIRST_PERMIT("permit_on_first_permit");

    private final String wireName;

    BatchSemantic(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The semantic with a name of the specification.
     *
     * @param name the value of {@code options.evaluations_semantic}
     * @return the semantic, or nothing where the specification has no such name
     */
    public static Optional<BatchSemantic> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.wireName.equals(name))
                .findFirst();
    }

    /**
     * Cuts a list of answers after the item at which this semantic stops.
     *
     * @param decisions the answers in the order of the request
     * @return the processed prefix
     */
    public List<Decision> processedPrefix(List<Decision> decisions) {
        for (int i = 0; i < decisions.size(); i++) {
            if (stopsAfter(decisions.get(i))) {
                return List.copyOf(decisions.subList(0, i + 1));
            }
        }
        return List.copyOf(decisions);
    }

    private boolean stopsAfter(Decision decision) {
        return switch (this) {
            case EXECUTE_ALL -> false;
            case DENY_ON_FIRST_DENY -> !decision.isAllowed();
            case PERMIT_ON_FIRST_PERMIT -> decision.isAllowed();
        };
    }
}
