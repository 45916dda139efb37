package io.mcpaccess.openfga.embedded.storetest;

import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.Objects;

/**
 * What came of one assertion.
 *
 * @param kind the member of the test that it stands in: {@code check}, {@code list_objects} or {@code list_users}
 * @param question what was asked, such as {@code user:alice can_call tool:pay}; in a search with a type for what was looked for
 * @param place where it stands
 * @param verdict whether it holds
 * @param expected what the file expects: {@code true}, {@code false}, or names in their order in brackets
 * @param got what the engine answered in the same form, or why it did not
 * @param why which tuples and rules lead to the answer, in lines for a person; empty where nobody asked for it
 */
public record AssertionResult(
        String kind, String question, Place place, Verdict verdict, String expected, String got, String why) {
    public AssertionResult {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(got, "got");
        Objects.requireNonNull(why, "why");
    }

    /** Whether an assertion holds. */
    public enum Verdict {
        /** The answer is the one expected. */
        PASSED,
        /** The answer is another. */
        FAILED,
        /** There is no answer: OpenFGA would answer an error, whatever was expected. */
        ERROR
    }
}
