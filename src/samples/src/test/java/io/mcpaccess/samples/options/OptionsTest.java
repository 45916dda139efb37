package io.mcpaccess.samples.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Set<String> KNOWN = Set.of("--a", "--b");

    @Test
    void readsOptionsAndVariables() {
        Options options = Options.read(List.of("--a", "1"), KNOWN, Map.of("SECRET", "s"));
        assertThat(options.required("--a")).isEqualTo("1");
        assertThat(options.option("--b")).isEmpty();
        assertThat(options.requiredVariable("SECRET")).isEqualTo("s");
        assertThat(options.toString()).doesNotContain("=s");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.read(List.of("--c", "1"), KNOWN, Map.of()))
                .withMessageContaining("--c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.read(List.of("--a"), KNOWN, Map.of()))
                .withMessageContaining("--a");
        Options none = Options.read(List.of(), KNOWN, Map.of("SECRET", " "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.required("--b"))
                .withMessageContaining("--b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.requiredVariable("SECRET"))
                .withMessageContaining("SECRET");
    }
}
