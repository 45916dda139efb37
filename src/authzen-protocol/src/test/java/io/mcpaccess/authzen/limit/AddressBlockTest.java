package io.mcpaccess.authzen.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
    @Test
    void anIpv6NetworkOfOneConnectionIsOne() {
        String network = AddressBlock.of("2001:db8:0:1:0:0:0:1");
        assertThat(AddressBlock.of("2001:db8:0:1::ffff")).isEqualTo(network);
        assertThat(AddressBlock.of("2001:DB8:0:1:a:b:c:d%eth0")).isEqualTo(network);
        assertThat(AddressBlock.of("2001:db8:0:2::1")).isNotEqualTo(network);
        assertThat(AddressBlock.of("::1")).isNotEqualTo(network);
    }

    @Test
    void anAddressOfIpv4IsOneInBothForms() {
        assertThat(AddressBlock.of("10.0.0.1")).isEqualTo("10.0.0.1").isNotEqualTo(AddressBlock.of("10.0.0.2"));
        assertThat(AddressBlock.of("::ffff:10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void attackOneClientBehindATranslatorDoesNotUseUpWhatAllOthersThereMay() {
        assertThat(AddressBlock.of("64:ff9b::10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(AddressBlock.of("64:ff9b:0:0:0:0:a00:2")).isEqualTo("10.0.0.2");
        assertThat(AddressBlock.of("64:ff9b:0:0:0:1:a00:2")).isEqualTo(AddressBlock.of("64:ff9b:0:0:1::1"));
        assertThat(AddressBlock.of("64:ff9b:1::a00:2")).isEqualTo(AddressBlock.of("64:ff9b:1::a00:3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unix", "gateway.example", "g::1", "1:2", ":::", "%", "a:b.c:d", "::1]"})
    void whatIsNoAddressStaysAsItIs(String text) {
        assertThat(AddressBlock.of(text)).isEqualTo(text);
    }
}
