package duka.identity.mail;

import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.util.StringUtils;

/** A folder in place of a mail server, where one is named. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    static class FolderNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("duka.mail.folder"));
        }
    }

    @Bean
    @Conditional(FolderNamed.class)
    JavaMailSender folderMailSender(MailProperties properties) {
        return new FolderMailSender(
                Objects.requireNonNull(properties.folder()), properties.folderKeeps());
    }
}
