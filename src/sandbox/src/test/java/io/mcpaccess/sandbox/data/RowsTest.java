package io.mcpaccess.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.shared.Database;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {
    private final Database database = new Database();
    private final Rows<ProviderRow> rows =
            new Rows<>(database.table("providers"), new ObjectMapper(), ProviderRow.class, ProviderRow::id);

    @Test
    void anotherNodeReadsWhatOneWrote() {
        rows.save(new ProviderRow("staff", "Staff"));

        Rows<ProviderRow> otherNode =
                new Rows<>(database.table("providers"), new ObjectMapper(), ProviderRow.class, ProviderRow::id);
        assertThat(otherNode.find("staff")).contains(new ProviderRow("staff", "Staff"));
        assertThat(otherNode.find(null)).isEmpty();
    }

    @Test
    void changedRowIsReadAnew() {
        rows.save(new ProviderRow("staff", "Staff"));
        rows.find("staff");
        rows.save(new ProviderRow("staff", "Colleagues"));

        assertThat(rows.find("staff")).contains(new ProviderRow("staff", "Colleagues"));
    }

    @Test
    void exactlyOneOfManyTakesARow() {
        rows.save(new ProviderRow("staff", "Staff"));

        long taken = IntStream.range(0, 100)
                .parallel()
                .filter(i -> rows.take("staff").isPresent())
                .count();

        assertThat(taken).isEqualTo(1);
    }

    @Test
    void removesWhatMatches() {
        List.of("a", "b", "c").forEach(id -> rows.save(new ProviderRow(id, id)));

        rows.removeWhere(row -> row.id().equals("b"));

        assertThat(rows.where(row -> true).map(ProviderRow::id)).containsExactlyInAnyOrder("a", "c");
    }
}
