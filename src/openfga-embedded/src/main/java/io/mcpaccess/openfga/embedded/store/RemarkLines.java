package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a log says about a model. It belongs to all domains: few lines, and no letter of a name that a terminal obeys. */
final class RemarkLines {

    private static final int MOST = 5;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

    private RemarkLines() {}

    /** A line for each of the first, and one for all others. */
    static List<String> of(List<ModelRemark> remarks) {
        Stream<String> first = remarks.stream()
                .limit(MOST)
                .map(remark ->
                        "the model's " + UNPRINTABLE.matcher(remark.toString()).replaceAll("?"));
        return remarks.size() <= MOST
                ? first.toList()
                : Stream.concat(first, Stream.of("and " + (remarks.size() - MOST) + " more relations like these"))
                        .toList();
    }
}
