import type { Language } from '../../test/support/documents/templates.ts'

// A bill in each language of the templates, and what is to be found in it.

export type Letter = { lines: string[]; name: string; address: string; date: string; issuer: string }

export const BILLS: Record<Language, Letter> = {
  en: {
    lines: [
      'NORTHWIND ENERGY LTD',
      'Electricity bill',
      'Account holder: Peter Stevenson',
      'Service address: 27 Kingfisher Lane, Flat 3B',
      'Account number: 4471 0098 2216',
      'Bill date: 14 June 2026',
      'Total amount due 115.58',
    ],
    name: 'Peter Stevenson',
    address: '27 Kingfisher Lane, Flat 3B',
    date: '2026-06-14',
    issuer: 'NORTHWIND ENERGY LTD',
  },
  es: {
    lines: [
      'LUZ DEL NORTE SL',
      'Factura de electricidad',
      'Titular: Lucia Fernandez Garcia',
      'Dirección de suministro: Calle Mayor 12, 28013 Madrid',
      'Número de factura: 2026-000812',
      'Fecha de factura: 3 de marzo de 2026',
      'Importe total 61,20 EUR',
    ],
    name: 'Lucia Fernandez Garcia',
    address: 'Calle Mayor 12, 28013 Madrid',
    date: '2026-03-03',
    issuer: 'LUZ DEL NORTE SL',
  },
  pt: {
    lines: [
      'AGUAS DO MONDEGO LDA',
      'Fatura de água',
      'Titular do contrato: Teresa Pereira Martins',
      'Morada: Rua das Flores 8, 3000-123 Coimbra',
      'Número da fatura: FT 2026/4412',
      'Data de emissão: 09/02/2026',
      'Total a pagar 23,10 EUR',
    ],
    name: 'Teresa Pereira Martins',
    address: 'Rua das Flores 8, 3000-123 Coimbra',
    date: '2026-02-09',
    issuer: 'AGUAS DO MONDEGO LDA',
  },
  fr: {
    lines: [
      'LUMIERE DE LOIRE SAS',
      "Facture d'électricité",
      'Titulaire du contrat : Camille Laurent',
      'Adresse : 5 rue du Port, 44000 Nantes',
      'Numéro de facture : 88120045',
      'Date de facture : 21 août 2026',
      'Montant total 74,90 EUR',
    ],
    name: 'Camille Laurent',
    address: '5 rue du Port, 44000 Nantes',
    date: '2026-08-21',
    issuer: 'LUMIERE DE LOIRE SAS',
  },
  de: {
    lines: [
      'STADTWERKE NORDHAFEN GMBH',
      'Stromrechnung',
      'Kunde: Karl Schneider',
      'Anschrift: Hafenstr. 14, 20457 Hamburg',
      'Rechnungsnummer: 2026-77120',
      'Rechnungsdatum: 02.09.2026',
      'Gesamtbetrag 98,40 EUR',
    ],
    name: 'Karl Schneider',
    address: 'Hafenstr. 14, 20457 Hamburg',
    date: '2026-09-02',
    issuer: 'STADTWERKE NORDHAFEN GMBH',
  },
}
