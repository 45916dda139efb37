package io.mcpaccess.registry.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.impact.Impact.Layer;
import io.mcpaccess.registry.plan.RegisteredServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientShiftsTest {

    private static final AccessSettings OPEN = settings(false, PermissionMode.ENFORCE);
    private static final AccessSettings CHECKED = settings(true, PermissionMode.ENFORCE);
    private static final RegisteredServer SERVER = ImpactWorld.server("one", "pay", "list");

    @Test
    void whereApplicationsAreNotAskedAboutNothingChangesForThem() {
        assertThat(lines(OPEN, store(), OPEN, store("application:agent can_use tool:pay"), Map.of()))
                .isEmpty();
    }

    @Test
    void asApplicationsAreAskedAboutThoseThatHoldNothingLoseTheTools() {
        StoreSnapshot store =
                store("application:agent can_use mcp_server:one", "application:urn%3Abot can_use tool:pay");

        assertThat(lines(OPEN, store, CHECKED, store, Map.of()))
                .containsExactlyInAnyOrder(
                        "LOSES application:urn%3Abot list YES NO",
                        "LOSES application:old one list YES NO", "LOSES application:old one pay YES NO");
    }

    @Test
    void theRelationToTheServerIsEnoughForEachOfItsTools() {
        assertThat(lines(CHECKED, store(), CHECKED, store("application:agent can_use mcp_server:one"), Map.of()))
                .containsExactly("GAINS application:agent list NO YES", "GAINS application:agent pay NO YES");
    }

    @Test
    void aTupleOfOneToolSaysNothingOfAnother() {
        assertThat(lines(CHECKED, store("application:agent can_use tool:pay"), CHECKED, store(), Map.of()))
                .containsExactly("LOSES application:agent pay YES NO");
    }

    @Test
    void theArgumentsOfACallAreNotKnownWhereAnApplicationIsAskedAbout() {
        assertThat(lines(
                        CHECKED,
                        store(),
                        CHECKED,
                        store("application:agent can_use tool:pay small 5"),
                        Map.of("amount", 1)))
                .containsExactly("GAINS application:agent pay NO CONDITIONAL");
    }

    @Test
    void inShadowModeANoIsRecordedOnlyButAnApplicationThatCannotBeAskedAboutStaysOut() {
        assertThat(lines(CHECKED, store(), settings(true, PermissionMode.SHADOW), store(), Map.of()))
                .containsExactlyInAnyOrder(
                        "GAINS application:agent list NO YES",
                        "GAINS application:agent pay NO YES",
                        "GAINS application:urn%3Abot list NO YES",
                        "GAINS application:urn%3Abot pay NO YES");
    }

    @Test
    void aToolThatIsNotToldApartFromAnotherIsNoMatterOfApplications() {
        RegisteredServer[] servers = {SERVER, ImpactWorld.server("two", "pay")};

        assertThat(lines(OPEN, store(), CHECKED, store(), Map.of(), servers))
                .allMatch(line -> line.contains(" list "))
                .hasSize(3);
    }

    @Test
    void eachSideIsGotReadyOnceHoweverManyApplicationsAndToolsThereAre() {
        CountingStore counting = new CountingStore(store("application:agent can_use tool:pay"));

        lines(CHECKED, counting, OPEN, counting, Map.of());

        assertThat(counting.sizes).containsExactly(3, 0);
    }

    static AccessSettings settings(boolean checkClient, PermissionMode mode) {
        AccessSettings defaults = AccessSettings.DEFAULTS;
        return new AccessSettings(
                defaults.scopeCheck(),
                defaults.unknownTools(),
                defaults.sharedToolNames(),
                defaults.subject(),
                defaults.toolObject(),
                checkClient,
                "can_use",
                false,
                Set.of(),
                mode,
                Set.of(),
                defaults.agentSubject(),
                defaults.boundTokens());
    }

    private static StoreSnapshot store(String... tuples) {
        return ImpactWorld.snapshot(ImpactWorld.MODEL, ImpactWorld.tuples(tuples));
    }

    private static List<String> lines(
            AccessSettings accessBefore,
            StoreSnapshot before,
            AccessSettings accessAfter,
            StoreSnapshot after,
            Map<String, Object> context,
            RegisteredServer... servers) {
        RegisteredServer[] all = servers.length == 0 ? new RegisteredServer[] {SERVER} : servers;
        ImpactSide was = ImpactWorld.side(accessBefore, before, all);
        ImpactSide is = ImpactWorld.side(accessAfter, after, all);
        Places places = Places.of(was, is);
        List<Tally> tallies = places.all().stream().map(place -> new Tally()).toList();
        List<String> lines = new ArrayList<>();
        boolean complete = new ClientShifts(was, is, context, ImpactLimits.of(10, () -> 0))
                .find(
                        places.all(),
                        (tally, found) -> {
                            assertThat(found.layer()).isEqualTo(Layer.CLIENT);
                            lines.add(
                                    found.change() + " " + found.kin().members().get(0) + " "
                                            + places.all()
                                                    .get(tallies.indexOf(tally))
                                                    .any()
                                                    .tool()
                                                    .key() + " "
                                            + found.before() + " " + found.after());
                        },
                        tallies);
        assertThat(complete).isTrue();
        return lines;
    }

    /** Counts the checks that are prepared. */
    private static final class CountingStore implements StoreSnapshot {

        private final StoreSnapshot store;
        private final List<Integer> sizes = new ArrayList<>();

        CountingStore(StoreSnapshot store) {
            this.store = store;
        }

        @Override
        public PreparedChecks prepare(List<TupleKey> checks, Map<String, Object> context) {
            sizes.add(checks.size());
            return store.prepare(checks, context);
        }

        @Override
        public Optional<Set<String>> touched() {
            return store.touched();
        }

        @Override
        public Map<String, Integer> groups(String type) {
            return store.groups(type);
        }

        @Override
        public Reason reason(TupleKey question, Map<String, Object> context) {
            return store.reason(question, context);
        }

        @Override
        public StoreSnapshot edited(StoreEdit edit) {
            return store.edited(edit);
        }

        @Override
        public int size() {
            return store.size();
        }
    }
}
