package io.mcpaccess.registry.page;

import java.util.Optional;
import java.util.Set;

/**
 * Who holds the permission for a tool.
 *
 * @param subjects users, or sets of users, each as {@code type:id}, encoded
 * @param isEveryone whether all users hold it, whom no list names
 * @param isCut whether there may be more than the list has
 * @param reason the reason code why nobody is named or nobody gets through
 */
record Holders(Set<String> subjects, boolean isEveryone, boolean isCut, Optional<String> reason) {

    Holders {
        subjects = Set.copyOf(subjects);
    }

    static Holders none(String reason) {
        return new Holders(Set.of(), false, false, Optional.of(reason));
    }

    boolean has(String subject) {
        return isEveryone || subjects.contains(subject);
    }
}
