"""Do views with holes cost anything? The same dilated layers in rising and in falling order, trained."""
