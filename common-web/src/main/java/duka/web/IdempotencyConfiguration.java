package duka.web;

import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/** Idempotency keys for every service that has a database to keep them in. */
@AutoConfiguration(
        after = {
            JdbcClientAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class
        },
        afterName =
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean({DataSource.class, PlatformTransactionManager.class})
@EnableScheduling
class IdempotencyConfiguration {

    /**
     * Its table has a history of its own, so that its numbers never meet the service's. Where the
     * service's own migrations are off, so are these.
     */
    @Bean
    @DependsOnDatabaseInitialization
    IdempotencyKeys idempotencyKeys(
            ObjectProvider<Flyway> migrations,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            WebProperties properties) {
        migrations.ifAvailable(
                service ->
                        Flyway.configure()
                                .dataSource(service.getConfiguration().getDataSource())
                                .locations("classpath:db/web")
                                .table("web_history")
                                .baselineOnMigrate(true)
                                .baselineVersion("0")
                                .load()
                                .migrate());
        return new IdempotencyKeys(jdbc, transactions, clock, properties.idempotency().keep());
    }
}
