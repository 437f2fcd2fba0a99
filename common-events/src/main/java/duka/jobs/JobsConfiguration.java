package duka.jobs;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Lets each job run once, however many replicas there are, and none wait for another. Its scheduler
 * is an executor too: what Boot has for everything else must be there before it.
 */
@AutoConfiguration(
        after = {JdbcTemplateAutoConfiguration.class, TaskExecutionAutoConfiguration.class},
        before = TaskSchedulingAutoConfiguration.class)
@ConditionalOnBean(JdbcTemplate.class)
@EnableSchedulerLock(defaultLockAtMostFor = "PT10M")
class JobsConfiguration {

    private static final int MORE_THAN_ANY_SERVICE_HAS_JOBS = 32;

    /** In place of Boot's, which runs all that has a fixed delay on one thread. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
        var scheduler = builder.poolSize(MORE_THAN_ANY_SERVICE_HAS_JOBS).build();
        scheduler.setVirtualThreads(true);
        return scheduler;
    }

    @Bean
    LockProvider jobLocks(JdbcTemplate jdbc) {
        return new JdbcTemplateLockProvider(
                JdbcTemplateLockProvider.Configuration.builder()
                        .withJdbcTemplate(jdbc)
                        .withTableName("job_locks")
                        .usingDbTime()
                        .build());
    }
}
