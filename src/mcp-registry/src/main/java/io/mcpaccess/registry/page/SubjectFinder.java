package io.mcpaccess.registry.page;

import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.registry.map.EngineAnswers;
import io.mcpaccess.registry.map.EngineView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds who stands in a store's tuples, as far as a bound. Blocks; for threads that may. */
final class SubjectFinder {

    /** How many tuples are read at the most; the page says so. */
    static final int MOST_TUPLES = 5000;

    private static final int A_READ = 100;

    private final EngineView engine;

    SubjectFinder(EngineView engine) {
        this.engine = engine;
    }

    /**
     * Who was found.
     *
     * @param subjects sorted, as tuples have them
     * @param isCut whether the store has more tuples than were read
     */
    record Found(List<String> subjects, boolean isCut) {}

    /** Sets of users, such as {@code group:engineering#member}. */
    Found groups(Progress progress) {
        return find(user -> user.indexOf('#') > 0, MOST_TUPLES / A_READ, progress);
    }

    /** Some users and applications, to choose from. */
    Found some(Progress progress) {
        return find(user -> user.indexOf('#') < 0 && !user.endsWith(":*"), 5, progress);
    }

    private Found find(Predicate<String> wanted, int reads, Progress progress) {
        Set<String> found = new TreeSet<>();
        Optional<String> next = Optional.empty();
        for (int i = 0; i < reads; i++) {
            Page<StoredTuple> page = EngineAnswers.get(engine.administration().tuples(new PageQuery(A_READ, next)));
            page.items().stream()
                    .map(tuple -> tuple.key().user())
                    .filter(wanted)
                    .forEach(found::add);
            next = page.next();
            if (next.isEmpty()) {
                break;
            }
            progress.step();
        }
        return new Found(List.copyOf(found), next.isPresent());
    }
}
