package io.mcpaccess.openfga.server;

import static io.mcpaccess.openfga.testing.Questions.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CheckResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Cached equals uncached: while nothing changes always, and after a change once the time of the old answer has passed. */
class DecisionCacheProperties {

    private static final Duration ALLOW = Duration.ofSeconds(10);
    private static final Duration DENY = Duration.ofSeconds(2);
    private static final List<String> USERS = List.of("user:alice", "user:bob", "user:carol");

    /** What happens next. */
    sealed interface Step {

        /** Somebody asks. */
        record Ask(int user) implements Step {}

        /** A permission is given or taken away, without the cache hearing of it. */
        record Change(int user) implements Step {}

        /** Time passes. */
        record Wait(int millis) implements Step {}

        /** Something was written through this engine. */
        record Purge() implements Step {}
    }

    @Property
    void anAnswerIsTodaysOrOneWhoseTimeHasNotPassed(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.forEach(world::take);
    }

    @Property
    void whileNothingChangesCachedEqualsUncached(@ForAll("steps") List<Step> steps) {
        World world = new World();
        world.held[1] = true;
        steps.stream().filter(step -> !(step instanceof Step.Change)).forEach(world::take);
        assertThat(world.stale).isFalse();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> users = Arbitraries.integers().between(0, USERS.size() - 1);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, users.map(Step.Ask::new)),
                        Tuple.of(2, users.map(Step.Change::new)),
                        Tuple.of(3, Arbitraries.integers().between(1, 6000).map(Step.Wait::new)),
                        Tuple.of(1, Arbitraries.just(new Step.Purge())))
                .list()
                .ofMaxSize(40)
                .map(List::copyOf);
    }

    /** The store, the cache in front of it, and when each permission changed last. */
    private static final class World {

        final boolean[] held = new boolean[USERS.size()];
        final long[] changedAt = new long[USERS.size()];
        boolean stale;
        private final AtomicLong now = new AtomicLong();
        private final CacheKeys keys = new CacheKeys("store");
        private final DecisionCache cache = new DecisionCache(new ServerSettings.Cache(ALLOW, DENY, 100), now::get);

        void take(Step step) {
            if (step instanceof Step.Ask ask) {
                check(ask.user());
            } else if (step instanceof Step.Change change) {
                held[change.user()] = !held[change.user()];
                changedAt[change.user()] = now.get();
            } else if (step instanceof Step.Wait wait) {
                now.addAndGet(Duration.ofMillis(wait.millis()).toNanos());
            } else {
                cache.purge();
                USERS.forEach(user -> assertThat(cache.find(key(user))).isEmpty());
            }
        }

        private void check(int user) {
            CheckResult answer = answer(key(USERS.get(user)), held[user]);
            if (answer.isAllowed() != held[user]) {
                stale = true;
                assertThat(answer.isRemembered()).isTrue();
                assertThat(now.get() - changedAt[user]).isLessThan((answer.isAllowed() ? ALLOW : DENY).toNanos());
            }
        }

        private CheckResult answer(ByteBuffer key, boolean isHeld) {
            return cache.find(key).orElseGet(() -> {
                DecisionCache.InFlightCall call = cache.join(key);
                assertThat(call.mustAsk()).isTrue();
                cache.finish(key, call, isHeld ? CheckResult.allowed() : CheckResult.denied());
                return call.answer().join();
            });
        }

        private ByteBuffer key(String user) {
            return keys.of("model", ask(user, "can_call", "tool:pay")).orElseThrow();
        }
    }
}
