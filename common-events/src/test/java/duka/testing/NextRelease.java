package duka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The migrations of the next version, while replicas of this one serve. */
public final class NextRelease {

    /** A statement that was used so often is kept prepared by the server. */
    private static final int OFTEN = 6;

    /**
     * What was read from a table often is read once more when the table has got a column. The test
     * is one transaction: its connection is the same all the time, and the column goes with it.
     */
    public static void addsColumn(JdbcClient jdbc, String table, Statements.Work read)
            throws Exception {
        assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
        for (int time = 0; time < OFTEN; time++) {
            read.run();
        }
        assertThat(prepared(jdbc, table)).as("statements kept that read %s", table).isPositive();
        // In a block, for of a statement that alters a table by itself the driver takes note.
        jdbc.sql("do $$ begin alter table %s add column later int; end $$".formatted(table))
                .update();

        read.run();
    }

    private static long prepared(JdbcClient jdbc, String table) {
        return jdbc.sql("select count(*) from pg_prepared_statements where statement ~ :reading")
                .param("reading", "\\m(from|join)\\s+%s\\M".formatted(table))
                .query(Long.class)
                .single();
    }

    private NextRelease() {}
}
