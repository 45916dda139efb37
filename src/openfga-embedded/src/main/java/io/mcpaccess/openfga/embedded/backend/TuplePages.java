package io.mcpaccess.openfga.embedded.backend;

import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages of a store's tuples, in the order in which they were written. A token knows the last tuple's row and, as rows
 * are numbered anew now and then, how many tuples came before.
 */
final class TuplePages {

    private static final Pattern TOKEN = Pattern.compile("(\\d{1,9})-(\\d{1,9})-(\\d{1,9})");

    private TuplePages() {}

    static Page<StoredTuple> page(TupleSnapshot snapshot, PageQuery request) {
        int[] start =
                request.continuationToken().map(token -> start(snapshot, token)).orElse(new int[2]);
        List<StoredTuple> items = new ArrayList<>();
        int last = start[0];
        int row = snapshot.nextRow(last);
        while (row != 0 && items.size() < request.size()) {
            items.add(snapshot.tuple(row));
            last = row;
            row = snapshot.nextRow(row);
        }
        return new Page<>(
                items, row == 0 ? Optional.empty() : Optional.of(token(snapshot, last, start[1] + items.size())));
    }

    private static int[] start(TupleSnapshot snapshot, String token) {
        Matcher matcher = TOKEN.matcher(decode(token));
        if (!matcher.matches()) {
            throw invalid();
        }
        int epoch = Integer.parseInt(matcher.group(1));
        int row = Integer.parseInt(matcher.group(2));
        int before = Integer.parseInt(matcher.group(3));
        if (epoch != snapshot.epoch()) {
            row = 0;
            for (int i = 0; i < before; i++) {
                int next = snapshot.nextRow(row);
                row = next == 0 ? row : next;
            }
        }
        return new int[] {row, before};
    }

    private static String token(TupleSnapshot snapshot, int row, int before) {
        String token = snapshot.epoch() + "-" + row + "-" + before;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static OpenFgaException invalid() {
        return new OpenFgaException(
                OpenFgaCode.INVALID_CONTINUATION_TOKEN, "Invalid continuation token", OpenFgaError.About.REQUEST);
    }
}
