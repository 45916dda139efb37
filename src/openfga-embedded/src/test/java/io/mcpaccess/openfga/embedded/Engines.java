package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Engines and tuples for tests. */
public final class Engines {

    /** Long enough for any test. */
    public static final Duration TIME = Duration.ofSeconds(10);

    /** The id of the model of {@link #of}. */
    public static final String MODEL = "01J00000000000000000000000";

    private Engines() {}

    /** An engine with one model and tuples written as {@code object#relation@user}. */
    public static EmbeddedEngine of(String dsl, String... tuples) {
        return of(ChangeLog.none(), dsl, tuples);
    }

    /** The same, with a log. */
    public static EmbeddedEngine of(ChangeLog log, String dsl, String... tuples) {
        StoreContent content = new StoreContent(
                "test",
                List.of(new StoreContent.Model(MODEL, ModelReader.fromDsl(dsl))),
                Arrays.stream(tuples).map(Engines::tuple).toList());
        return new EmbeddedEngine(content, log, new Ulids(Clock.systemUTC(), new Random(7)));
    }

    /** A tuple from {@code object#relation@user}. */
    public static StoredTuple tuple(String text) {
        return StoredTuple.of(key(text));
    }

    /** A key from {@code object#relation@user}. */
    public static TupleKey key(String text) {
        int hash = text.indexOf('#');
        int at = text.indexOf('@');
        return new TupleKey(text.substring(at + 1), text.substring(hash + 1, at), text.substring(0, hash));
    }

    /** Whether the check {@code object#relation@user} is an allow now. */
    public static boolean allows(EmbeddedEngine engine, String text) {
        return allows(engine.view(), text);
    }

    /** Whether the check {@code object#relation@user} is an allow in a decision. */
    public static boolean allows(StoreView view, String text) {
        TupleKey key = key(text);
        return view.check(CheckRequest.of(key.user(), key.relation(), key.object()), TIME)
                .isAllowed();
    }
}
