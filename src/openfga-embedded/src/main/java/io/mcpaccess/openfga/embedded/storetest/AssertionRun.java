package io.mcpaccess.openfga.embedded.storetest;

import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.store.Assertion;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests.Explained;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the questions of one test. */
final class AssertionRun {

    /** A build machine is slow at times: what is found wrong here shall be the permissions. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MOST_RESULTS = 1_000_000;

    /** A list may differ in many names, and the first few tell what is wrong. */
    private static final int MOST_EXPLAINED = 3;

    private final StoreView view;
    private final Explained explained;
    private final Explainer explainer = new Explainer();

    AssertionRun(StoreView view, Explained explained) {
        this.view = view;
        this.explained = explained;
    }

    AssertionResult result(Assertion assertion) {
        if (assertion instanceof Assertion.OfCheck check) {
            return check(check);
        }
        if (assertion instanceof Assertion.OfObjects objects) {
            return objects(objects);
        }
        return users((Assertion.OfUsers) assertion);
    }

    private AssertionResult check(Assertion.OfCheck check) {
        CheckOutcome outcome = view.check(check.request(), LIMIT);
        boolean isError = outcome instanceof CheckOutcome.Refused;
        String got = outcome instanceof CheckOutcome.Refused refused
                ? refused.error().message()
                : String.valueOf(outcome.isAllowed());
        Verdict verdict =
                isError ? Verdict.ERROR : outcome.isAllowed() == check.expected() ? Verdict.PASSED : Verdict.FAILED;
        String why = isExplained(verdict) ? why(check.request()) : "";
        return new AssertionResult(
                "check", check.question(), check.place(), verdict, String.valueOf(check.expected()), got, why);
    }

    private AssertionResult objects(Assertion.OfObjects search) {
        return list(
                "list_objects",
                search,
                search.expected(),
                () -> view.listObjects(
                        search.user(),
                        search.relation(),
                        search.type(),
                        search.context(),
                        List.of(),
                        MOST_RESULTS,
                        LIMIT),
                object -> question(search.user(), search.relation(), object, search.context()));
    }

    private AssertionResult users(Assertion.OfUsers search) {
        return list(
                "list_users",
                search,
                search.expected(),
                () -> view.listUsers(
                        search.object(),
                        search.relation(),
                        search.filter(),
                        search.context(),
                        List.of(),
                        MOST_RESULTS,
                        LIMIT),
                user -> question(user, search.relation(), search.object(), search.context()));
    }

    private AssertionResult list(
            String kind,
            Assertion search,
            List<String> expected,
            Supplier<Found> answer,
            Function<String, CheckRequest> question) {
        TreeSet<String> wanted = new TreeSet<>(expected);
        Found found;
        try {
            found = answer.get();
        } catch (OpenFgaException e) {
            return new AssertionResult(
                    kind,
                    search.question(),
                    search.place(),
                    Verdict.ERROR,
                    wanted.toString(),
                    e.error().message(),
                    "");
        }
        TreeSet<String> got = new TreeSet<>(found.items());
        Verdict verdict = found.truncated() ? Verdict.ERROR : got.equals(wanted) ? Verdict.PASSED : Verdict.FAILED;
        String text = found.truncated() ? "the search did not come to its end; it found " + got : got.toString();
        String why = isExplained(verdict) ? why(wanted, got, question) : "";
        return new AssertionResult(kind, search.question(), search.place(), verdict, wanted.toString(), text, why);
    }

    /** Those that make the difference; where there is none, what was found. */
    private String why(TreeSet<String> wanted, TreeSet<String> got, Function<String, CheckRequest> question) {
        List<String> different = Stream.concat(
                        wanted.stream().filter(each -> !got.contains(each)),
                        got.stream().filter(each -> !wanted.contains(each)))
                .toList();
        List<String> told = different.isEmpty() ? List.copyOf(got) : different;
        String more = told.size() > MOST_EXPLAINED ? "and " + (told.size() - MOST_EXPLAINED) + " more\n" : "";
        return told.stream()
                        .limit(MOST_EXPLAINED)
                        .map(each -> why(question.apply(each)))
                        .collect(Collectors.joining())
                + more;
    }

    private String why(CheckRequest request) {
        return explainer.explain(view, request, Explainer.TIME_LIMIT).toText();
    }

    private boolean isExplained(Verdict verdict) {
        return explained == Explained.ALL || verdict != Verdict.PASSED;
    }

    private static CheckRequest question(String user, String relation, String object, Map<String, Object> context) {
        return new CheckRequest(new TupleKey(user, relation, object), context, List.of());
    }
}
