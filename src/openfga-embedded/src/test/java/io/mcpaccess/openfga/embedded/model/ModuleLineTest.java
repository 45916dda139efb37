package io.mcpaccess.openfga.embedded.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"module billing", "  module\tbilling  ", "module billing # of invoices", "module billing#x"})
    void readsTheNameOfAModule(String line) {
        assertThat(ModuleLine.of(line)).contains(new ModuleLine("billing", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "module # none", "module a b", "module a.b", "module-a"})
    void tellsALineThatMeansAModuleAndNamesNone(String line) {
        assertThat(ModuleLine.of(line))
                .hasValueSatisfying(module -> assertThat(module.isWhole()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "modules a", "type module", "# module a", ""})
    void isNoOtherLine(String line) {
        assertThat(ModuleLine.of(line)).isEmpty();
    }

    @Test
    void standsInTheFirstLineThatSaysSomething() {
        assertThat(ModuleLine.first("\n# ours\n\nmodule billing\ntype a")).contains(new ModuleLine("billing", true));
        assertThat(ModuleLine.first("model\n  schema 1.1\nmodule billing")).isEmpty();
        assertThat(ModuleLine.first("# module billing")).isEmpty();
    }
}
