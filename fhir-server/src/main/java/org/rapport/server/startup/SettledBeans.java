package org.rapport.server.startup;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the bean factory that all definitions are in before the web server asks for its servlets.
 *
 * <p>Only then does Spring remember which beans have which type. It says so itself later, when the FHIR servlet has
 * already made HAPI create its few hundred beans and look for each of their dependencies among all definitions.
 */
@Component
final class SettledBeans implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.freezeConfiguration();
    }
}
